"""Tables of facial actions: landmark groups, movements and wrinkles of each action unit, and units of each expression.

Displacements are in distances between the outer eye corners ("eye distances"), in a frame whose x axis runs from the
subject's right eye to the left one and whose y axis points down. Landmarks are MediaPipe's 478. Units are those of FACS
(Ekman and Friesen, 1978), and their combinations per expression follow its investigators' guide (EMFACS). The smile's
amplitude was measured between 4,410 neutral and 3,958 happy press faces; the others were fitted by eye on contact sheets.
"""

from __future__ import annotations

# Landmark groups. Names ending in _r and _l move as mirror images.
GROUPS: dict[str, list[int]] = {
    "brow_in_r": [55, 107, 65, 66], "brow_in_l": [285, 336, 295, 296],
    "brow_mid_r": [52, 105], "brow_mid_l": [282, 334],
    "brow_out_r": [46, 53, 63, 70], "brow_out_l": [276, 283, 293, 300],
    "lid_up_r": [159, 158, 160, 157, 161], "lid_up_l": [386, 385, 387, 384, 388],
    "lid_lo_r": [145, 144, 153, 163], "lid_lo_l": [374, 373, 380, 390],
    "corner_r": [61, 78, 76, 62], "corner_l": [291, 308, 306, 292],
    "lip_up": [0, 37, 267, 13, 82, 312], "lip_up_side_r": [39, 40, 185, 81, 80], "lip_up_side_l": [269, 270, 409, 311, 310],
    "lip_lo": [17, 84, 314, 14, 87, 317], "lip_lo_side_r": [181, 91, 178, 88], "lip_lo_side_l": [405, 321, 402, 318],
    "cheek_r": [50, 101, 205], "cheek_l": [280, 330, 425],
    "ala_r": [48, 64, 98, 115], "ala_l": [278, 294, 327, 344],
    "chin": [152, 148, 377, 175, 199], "jaw_r": [176, 149, 150], "jaw_l": [400, 378, 379],
    "glabella": [9, 8, 168],
}
STILL = [10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54,
         103, 67, 109, 1, 4, 5, 6, 195, 197, 33, 133, 362, 263]
INNER_TOP = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308]
INNER_BOTTOM = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308]
# Standard deviation of the Gaussian with which a landmark moves the skin around it; 0.15 unless listed.
REACH = {
    "lip_up": 0.07, "lip_up_side": 0.07, "lip_lo": 0.07, "lip_lo_side": 0.07, "corner": 0.09, "lid_up": 0.06, "lid_lo": 0.06,
    "brow_in": 0.10, "brow_mid": 0.10, "brow_out": 0.10, "glabella": 0.10, "ala": 0.09, "still": 0.12,
}
UPPER_LIP = ("lip_up", "lip_up_side_r", "lip_up_side_l")
JAW = ("lip_lo", "lip_lo_side_r", "lip_lo_side_l", "chin", "jaw_r", "jaw_l")

# Effect of a unit at strength 1: group (without suffix: both sides) -> (away from the midline, down).
UNITS: dict[str, dict[str, tuple[float, float]]] = {
    "inner_brow_raise": {"brow_in": (0.0, -0.10), "brow_mid": (0.0, -0.05), "glabella": (0.0, -0.03)},
    "outer_brow_raise": {"brow_in": (0.0, -0.03), "brow_mid": (0.0, -0.09), "brow_out": (0.0, -0.09)},
    "brow_lower": {"brow_in": (-0.055, 0.11), "brow_mid": (-0.02, 0.085), "brow_out": (0.0, 0.03), "glabella": (0.0, 0.04)},
    "brow_draw": {"brow_in": (-0.045, 0.0), "brow_mid": (-0.015, 0.0)},
    "lid_raise": {"lid_up": (0.0, -0.035), "lid_lo": (0.0, 0.006)},
    "lid_tighten": {"lid_up": (0.0, 0.018), "lid_lo": (0.0, -0.026)},
    "lid_droop": {"lid_up": (0.0, 0.03)},
    "cheek_raise": {"cheek": (0.015, -0.04), "lid_lo": (0.0, -0.02)},
    "nose_wrinkle": {"ala": (0.02, -0.06), "brow_in": (-0.03, 0.075), "brow_mid": (0.0, 0.045), "cheek": (0.0, -0.025),
                     "lip_up": (0.0, -0.03), "lip_up_side": (0.0, -0.04), "lip_lo": (0.0, -0.02), "glabella": (0.0, 0.03), "lid_lo": (0.0, -0.015)},
    "upper_lip_raise": {"lip_up": (0.0, -0.05), "lip_up_side": (0.01, -0.06), "lip_lo": (0.0, -0.045), "lip_lo_side": (0.0, -0.03),
                        "ala": (0.015, -0.03), "cheek": (0.0, -0.02)},
    "smile": {"corner": (0.065, -0.085), "lip_up_side": (0.03, -0.05), "lip_up": (0.0, -0.025), "cheek": (0.02, -0.03),
              "ala": (0.014, -0.016), "lip_lo_side": (0.02, -0.03)},
    "corner_lower": {"corner": (0.015, 0.075), "lip_lo_side": (0.01, 0.02), "lip_up_side": (0.0, 0.02)},
    "chin_raise": {"lip_lo": (0.0, -0.035), "lip_lo_side": (0.0, -0.015), "lip_up": (0.0, -0.012), "chin": (0.0, -0.035)},
    "lip_stretch": {"corner": (0.10, 0.025), "lip_lo_side": (0.05, 0.02), "lip_up_side": (0.03, 0.01)},
    "lip_press": {"lip_up": (0.0, 0.024), "lip_up_side": (0.0, 0.02), "lip_lo": (0.0, -0.036), "lip_lo_side": (0.0, -0.024),
                  "corner": (-0.015, 0.008)},
    "lip_pucker": {"corner": (-0.055, 0.0), "lip_up": (0.0, -0.015), "lip_lo": (0.0, 0.015)},
    "jaw_drop": {"lip_lo": (0.0, 0.21), "lip_lo_side": (-0.01, 0.16), "chin": (0.0, 0.15), "jaw": (0.0, 0.09),
                 "corner": (-0.02, 0.055), "lip_up": (0.0, -0.012)},
    "lips_part": {"lip_lo": (0.0, 0.055), "lip_lo_side": (0.0, 0.035), "lip_up": (0.0, -0.018), "lip_up_side": (0.0, -0.012)},
}

# Strength at which an expression is clear to the eye, fitted on contact sheets: displacements smear out in the warp.
CLEAR = {"angry": 1.7, "disgust": 1.2, "fear": 1.6, "happy": 1.6, "sad": 1.7, "surprise": 1.5, "neutral": 1.0}

# Variants of each expression: unit -> strength, and the share of the parted mouth that shows teeth (0 dark, 1 all teeth).
VARIANTS: dict[str, list[tuple[dict[str, float], float]]] = {
    "angry": [
        ({"brow_lower": 1.0, "lid_tighten": 0.8, "lip_press": 1.0, "chin_raise": 0.5}, 0.0),
        ({"brow_lower": 1.0, "lid_raise": 0.5, "lip_press": 0.9}, 0.0),
        ({"brow_lower": 1.0, "lid_tighten": 0.7, "corner_lower": 0.4, "chin_raise": 0.9, "lip_press": 0.5}, 0.0),
        ({"brow_lower": 1.0, "lid_raise": 0.3, "upper_lip_raise": 0.5, "lip_stretch": 0.3, "lips_part": 0.9}, 0.9),
        ({"brow_lower": 0.9, "lid_tighten": 0.4, "lip_pucker": 0.7, "chin_raise": 0.4}, 0.0),
        ({"brow_lower": 1.1, "lid_tighten": 0.6, "lip_press": 1.2, "chin_raise": 1.0}, 0.0),
        ({"brow_lower": 1.2, "brow_draw": 0.6, "lid_tighten": 0.9, "nose_wrinkle": 0.25, "lip_press": 0.6}, 0.0),
        ({"brow_lower": 1.1, "lid_tighten": 0.8, "upper_lip_raise": 0.4, "lip_stretch": 0.5, "lips_part": 0.9}, 1.0),
    ],
    "disgust": [
        ({"nose_wrinkle": 1.0, "upper_lip_raise": 0.6, "lid_tighten": 0.6, "chin_raise": 0.6}, 0.0),
        ({"nose_wrinkle": 1.0, "upper_lip_raise": 0.9, "corner_lower": 0.5, "lid_tighten": 0.5}, 0.0),
        ({"nose_wrinkle": 0.8, "upper_lip_raise": 1.0, "lips_part": 0.6, "lid_tighten": 0.7, "cheek_raise": 0.5}, 0.8),
        ({"nose_wrinkle": 1.0, "brow_lower": 0.6, "lid_tighten": 1.1, "cheek_raise": 0.7, "corner_lower": 0.9, "chin_raise": 0.6}, 0.0),
        ({"nose_wrinkle": 1.1, "brow_lower": 0.4, "lid_tighten": 1.1, "cheek_raise": 0.9, "upper_lip_raise": 0.8, "lip_stretch": 0.4,
          "lips_part": 0.6}, 0.6),
        ({"nose_wrinkle": 0.8, "upper_lip_raise": 0.9, "corner_lower": 1.1, "lid_droop": 0.5, "brow_lower": 0.3}, 0.0),
    ],
    "fear": [
        ({"inner_brow_raise": 0.9, "outer_brow_raise": 0.3, "brow_draw": 0.8, "lid_raise": 1.0, "lip_stretch": 0.9, "lips_part": 0.9}, 0.4),
        ({"inner_brow_raise": 0.9, "outer_brow_raise": 0.5, "brow_draw": 0.8, "lid_raise": 1.0, "lip_stretch": 0.6, "jaw_drop": 0.4}, 0.3),
        ({"inner_brow_raise": 0.8, "brow_draw": 1.0, "lid_raise": 1.0, "lip_stretch": 1.0}, 0.0),
        ({"inner_brow_raise": 1.0, "brow_draw": 0.8, "lid_raise": 0.8, "lip_stretch": 1.0, "lips_part": 1.3}, 0.95),
    ],
    "happy": [
        ({"smile": 1.0, "cheek_raise": 0.7}, 0.0),
        ({"smile": 1.1, "cheek_raise": 0.8, "lips_part": 0.9}, 1.0),
        ({"smile": 0.9, "cheek_raise": 0.4, "lips_part": 0.5}, 1.0),
    ],
    "sad": [
        ({"inner_brow_raise": 0.9, "brow_draw": 0.8, "corner_lower": 1.0, "chin_raise": 0.7}, 0.0),
        ({"inner_brow_raise": 0.6, "brow_draw": 0.6, "lid_droop": 0.8, "corner_lower": 0.9}, 0.0),
        ({"inner_brow_raise": 1.0, "brow_draw": 1.0, "corner_lower": 0.6, "lid_tighten": 0.4, "chin_raise": 1.0}, 0.0),
    ],
    "surprise": [
        ({"inner_brow_raise": 0.9, "outer_brow_raise": 1.0, "lid_raise": 0.9, "jaw_drop": 0.8}, 0.1),
        ({"inner_brow_raise": 1.0, "outer_brow_raise": 1.0, "lid_raise": 1.0, "jaw_drop": 1.1, "lip_pucker": 0.4}, 0.0),
        ({"inner_brow_raise": 0.9, "outer_brow_raise": 1.0, "lid_raise": 0.8, "lips_part": 0.7}, 0.2),
        ({"inner_brow_raise": 0.8, "outer_brow_raise": 1.0, "lid_raise": 1.0, "lips_part": 0.45}, 0.3),
        ({"inner_brow_raise": 1.0, "outer_brow_raise": 1.1, "lid_raise": 1.0}, 0.0),
        ({"inner_brow_raise": 0.7, "outer_brow_raise": 0.9, "lid_raise": 0.8, "jaw_drop": 0.4}, 0.2),
    ],
    # A person who talks or blinks is still neutral.
    "neutral": [
        ({}, 0.0), ({}, 0.0), ({"lips_part": 0.7}, 0.5), ({"jaw_drop": 0.3, "lips_part": 0.4}, 0.3), ({"lid_droop": 0.9}, 0.0),
        ({"lip_pucker": 0.5}, 0.0),
    ],
}

# Lines drawn by a unit, in the frame of eyes and landmarks: see `_lines`. Unit -> (line, darkness at strength 1).
WRINKLES: dict[str, list[tuple[str, float]]] = {
    "brow_lower": [("furrow", 0.30)], "brow_draw": [("furrow", 0.18)],
    "nose_wrinkle": [("nose_root", 0.30), ("nasolabial", 0.22)], "upper_lip_raise": [("nasolabial", 0.20)],
    "smile": [("nasolabial", 0.20)], "cheek_raise": [("under_eye", 0.18)], "lid_tighten": [("under_eye", 0.10)],
    "outer_brow_raise": [("forehead", 0.14)], "inner_brow_raise": [("forehead_middle", 0.14)],
    "chin_raise": [("chin_dent", 0.26)], "corner_lower": [("corner_shade", 0.20)],
    "lip_press": [("corner_shade", 0.14), ("lip_line", 0.30)],
}
LINES = ("furrow", "nose_root", "nasolabial", "under_eye", "forehead", "forehead_middle", "chin_dent", "corner_shade", "lip_line")
