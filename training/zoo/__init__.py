"""The seeds' networks: each trained with the recipe of the project that describes it, exported, and given a card.

    python -m training.zoo.train --id seed-cnn4
    python -m training.zoo.export --id seed-cnn4
"""
