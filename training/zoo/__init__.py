"""Networks of the seed projects: each trained with its project's recipe, exported, and given a card.

    python -m training.zoo.train --id seed-cnn4
    python -m training.zoo.export --id seed-cnn4
"""
