/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All drawings, stroke by stroke from back to front. */
#include "ui/pictures/drawing.h"

/* Moving begins when the page stands; where it only calls people, when nobody does anything. */
enum
{
  SOON_MS = 300,
  ATTRACT_MS = 5000
};

/* clang-format off */
#define RECT(x, y, w, h, r, ...) \
  { JUMIN_SHAPE_RECT, { x, y, w, h }, .radius = (r), __VA_ARGS__ }
#define CIRCLE(x, y, r, ...) { JUMIN_SHAPE_CIRCLE, { x, y, r }, __VA_ARGS__ }
#define PATH(data, ...) { JUMIN_SHAPE_OUTLINE, .outline = (data), __VA_ARGS__ }
#define WORD(x, y, size, text, ...) \
  { JUMIN_SHAPE_WORD, { x, y, size }, .outline = (text), __VA_ARGS__ }
#define CODE(x, y, size, ...) { JUMIN_SHAPE_CODE, { x, y, size }, __VA_ARGS__ }
#define TURN(degrees, x, y) { JUMIN_SHAPE_TURN, { degrees, x, y } }
#define FILL(ink) .fill = JUMIN_INK_##ink
#define LINE(ink, w) .line = JUMIN_INK_##ink, .width = (w)
#define END { JUMIN_SHAPE_END }

/* The reader's slot and a card on its way in: on the home page. */
static const JuminStroke card[] = {
  RECT (6, 6, 188, 96, 20, FILL (BODY), LINE (BODY_EDGE, 3)),
  CIRCLE (166, 32, 7, FILL (LAMP)),
  PATH ("M28 32h52", LINE (GRILLE, 6)),
  RECT (24, 58, 152, 16, 8, FILL (SLOT)),
  PATH ("M42 66h116v142c0 8-6 14-14 14H56c-8 0-14-6-14-14z", FILL (CARD), LINE (CARD_EDGE, 4),
        .motion = JUMIN_INSERT),
  PATH ("M42 66h116v20H42z", FILL (SLOT), .alpha = 0.35, .motion = JUMIN_INSERT),
  RECT (80, 98, 40, 34, 7, FILL (CHIP), LINE (CHIP_EDGE, 3), .motion = JUMIN_INSERT),
  PATH ("M80 110h13M107 110h13M80 121h13M107 121h13M93 98v34M107 98v34", LINE (CHIP_EDGE, 2.5),
        .motion = JUMIN_INSERT),
  PATH ("M60 156h80M60 174h52", LINE (CARD_EDGE, 7), .motion = JUMIN_INSERT),
  RECT (116, 186, 26, 20, 4, FILL (CARD_EDGE), .alpha = 0.35, .motion = JUMIN_INSERT),
  PATH ("M100 264v-26M84 252l16-18 16 18", LINE (ARROW, 9), .motion = JUMIN_HINT),
  END
};

/* The camera and a telephone that shows its code. */
static const JuminStroke code[] = {
  PATH ("M100 44 46 118h108z", FILL (SUN), .alpha = 0.38),
  RECT (36, 6, 128, 46, 23, FILL (BODY), LINE (BODY_EDGE, 3)),
  CIRCLE (100, 29, 16, FILL (SLOT)),
  CIRCLE (100, 29, 9, FILL (LENS)),
  CIRCLE (96, 25, 3.5, FILL (PAPER)),
  CIRCLE (142, 29, 5, FILL (LAMP)),
  RECT (50, 96, 100, 168, 18, FILL (BODY), LINE (BODY_EDGE, 3), .motion = JUMIN_RAISE),
  RECT (58, 106, 84, 148, 10, FILL (PAPER), .motion = JUMIN_RAISE),
  RECT (58, 106, 84, 30, 10, FILL (CARD_EDGE), .motion = JUMIN_RAISE),
  RECT (58, 122, 84, 14, 0, FILL (CARD_EDGE), .motion = JUMIN_RAISE),
  WORD (100, 127, 16, NULL, FILL (PAPER), .motion = JUMIN_RAISE),
  CODE (71, 148, 58, FILL (PRINT), .motion = JUMIN_RAISE),
  PATH ("M78 224h44M88 238h24", LINE (PAPER_EDGE, 5), .motion = JUMIN_RAISE),
  END
};

/* The same two, large: where a person proves who they are. */
static const JuminStroke card_large[] = {
  RECT (53, 30, 360, 120, 28, FILL (BODY), LINE (BODY_EDGE, 3)),
  RECT (93, 98, 280, 22, 11, FILL (SLOT)),
  CIRCLE (372, 62, 10, FILL (LAMP)),
  CIRCLE (372, 62, 20, FILL (LAMP), .alpha = 0.3),
  PATH ("M93 62h104", LINE (GRILLE, 9)),
  RECT (127, 206, 212, 180, 20, LINE (CARD_EDGE, 5), .dash = 14, .alpha = 0.25),
  PATH ("M127 110h212v186c0 11-9 20-20 20H147c-11 0-20-9-20-20z", FILL (CARD),
        LINE (CARD_EDGE, 5), .motion = JUMIN_INSERT),
  RECT (200, 146, 66, 54, 10, FILL (CHIP), LINE (CHIP_EDGE, 4), .motion = JUMIN_INSERT),
  PATH ("M200 164h22M244 164h22M200 182h22M244 182h22M222 146v54M244 146v54",
        LINE (CHIP_EDGE, 3.5), .motion = JUMIN_INSERT),
  PATH ("M158 236h130M158 262h84", LINE (CARD_EDGE, 10), .motion = JUMIN_INSERT),
  PATH ("M127 112h212v16H127z", FILL (SLOT), .alpha = 0.35),
  PATH ("M82 330v-84M54 274l28-30 28 30M384 330v-84M356 274l28-30 28 30", LINE (ARROW, 12)),
  END
};

static const JuminStroke code_large[] = {
  RECT (0, 0, 466, 420, 20, FILL (BACK)),
  RECT (0, 40, 120, 190, 4, FILL (BACK_SHAPE)),
  RECT (352, 20, 114, 220, 4, FILL (BACK_SHAPE)),
  PATH ("M0 300c120-30 340-30 466 0v100c0 12-8 20-20 20H20c-12 0-20-8-20-20z", FILL (BODY)),
  PATH ("M330 420c-6-60-8-110 4-150 6-18 26-16 28 4l6 60 30 86z", FILL (SKIN)),
  PATH ("M126 420c8-40 8-80 2-110-4-18 16-26 24-8l16 40v78z", FILL (SKIN)),
  PATH ("M118 118V74h44M304 74h44v44M348 302v44h-44M162 346h-44v-44", LINE (SUN, 10)),
  PATH ("M118 118V74h44M304 74h44v44M348 302v44h-44M162 346h-44v-44", LINE (LAMP_WAIT, 10)),
  TURN (-5, 236, 220),
  PATH ("M146 420V108c0-14 10-24 24-24h132c14 0 24 10 24 24v312z", FILL (SLOT)),
  PATH ("M156 420V110c0-7 5-12 12-12h136c7 0 12 5 12 12v310z", FILL (PAPER)),
  PATH ("M156 150V110c0-7 5-12 12-12h136c7 0 12 5 12 12v40z", FILL (CARD_EDGE)),
  WORD (236, 133, 26, NULL, FILL (PAPER)),
  CODE (177, 170, 118, FILL (PRINT)),
  PATH ("M186 320h100M186 342h60", LINE (PAPER_EDGE, 9)),
  PATH ("M140 176h192", LINE (LAMP_WAIT, 5), .motion = JUMIN_SWEEP),
  END
};

/* The frame alone, over what the camera sees; dark below, so that it shows on bright pictures. */
#define MARKS "M118 118V74h44M304 74h44v44M348 302v44h-44M162 346h-44v-44"
static const JuminStroke code_marks[] = {
  PATH (MARKS, LINE (SLOT, 16), .alpha = 0.35),
  PATH (MARKS, LINE (LAMP_WAIT, 10)),
  PATH ("M134 90h198", LINE (LAMP_WAIT, 5), .alpha = 0.9, .motion = JUMIN_SCAN),
  END
};

/* A card that is still inside, and the way out. */
static const JuminStroke take_card[] = {
  RECT (30, 10, 400, 130, 30, FILL (BODY), LINE (BODY_EDGE, 3)),
  RECT (70, 84, 320, 24, 12, FILL (SLOT)),
  CIRCLE (384, 46, 11, FILL (LAMP_WAIT)),
  CIRCLE (384, 46, 22, FILL (LAMP_WAIT), .alpha = 0.3),
  PATH ("M74 46h120", LINE (GRILLE, 9)),
  PATH ("M100 96h260v150c0 12-10 22-22 22H122c-12 0-22-10-22-22z", FILL (CARD),
        LINE (CARD_EDGE, 6)),
  PATH ("M100 96h260v18H100z", FILL (SLOT), .alpha = 0.35),
  PATH ("M130 196h110M130 226h72", LINE (CARD_EDGE, 11)),
  RECT (290, 176, 42, 54, 6, FILL (CARD_EDGE), .alpha = 0.35),
  PATH ("M230 296v96M186 352l44 46 44-46", LINE (ARROW, 18), .motion = JUMIN_BOB),
  END
};

/* The printer below the screen and the slip that hangs out of it; its word is the number. */
static const JuminStroke slip[] = {
  RECT (20, 8, 380, 74, 20, FILL (BODY), LINE (BODY_EDGE, 3)),
  RECT (60, 44, 300, 16, 8, FILL (SLOT)),
  CIRCLE (372, 26, 7, FILL (LAMP)),
  PATH ("M92 52h236v160l-20-12-19 12-20-12-20 12-19-12-20 12-20-12-20 12-19-12-20 12-20-12-19 12z", FILL (PAPER), LINE (PAPER_EDGE, 4)),
  PATH ("M92 52h236v14H92z", FILL (PRINT), .alpha = 0.25),
  WORD (210, 134, 58, NULL, FILL (PRINT)),
  PATH ("M140 160h140M140 178h96", LINE (PAPER_EDGE, 7)),
  END
};

/* Where the slip is. */
static const JuminStroke arrow[] = {
  PATH ("M44 15v57M20 48 44 72l24-24", LINE (ATTENTION, 7.3), .motion = JUMIN_BOB),
  END
};

/* The A4 printer and the sheet that comes out of it. */
static const JuminStroke sheet[] = {
  RECT (8, 10, 234, 96, 22, FILL (BODY), LINE (BODY_EDGE, 3)),
  RECT (36, 76, 178, 14, 7, FILL (SLOT)),
  CIRCLE (212, 40, 8, FILL (LAMP)),
  PATH ("M34 40h80", LINE (GRILLE, 8)),
  PATH ("M56 84h138v132H56z", FILL (PAPER), LINE (PAPER_EDGE, 4)),
  PATH ("M56 84h138v14H56z", FILL (PRINT), .alpha = 0.25),
  PATH ("M82 130h86M82 154h86M82 178h52", LINE (PAPER_EDGE, 8)),
  END
};

/* A printer without paper. */
static const JuminStroke paper[] = {
  RECT (46, 6, 118, 60, 8, LINE (DASH, 5), .dash = 12),
  RECT (8, 52, 194, 92, 22, FILL (BODY), LINE (BODY_EDGE, 3)),
  RECT (38, 112, 134, 14, 7, FILL (SLOT)),
  CIRCLE (172, 80, 9, FILL (LAMP_WAIT)),
  CIRCLE (172, 80, 18, FILL (LAMP_WAIT), .alpha = 0.3),
  PATH ("M34 80h70", LINE (GRILLE, 8)),
  PATH ("M58 160v14h94v-14", LINE (DASH, 5), .dash = 10),
  END
};

/* The house mark: a person in a doorway. */
static const JuminStroke door[] = {
  PATH ("M4 21.5V11c0-4.4 3.6-8 8-8c4.4 0 8 3.6 8 8v10.5M1.8 21.5h4.4M17.8 21.5h4.4", LINE (MARK, 2.2)),
  CIRCLE (12, 10.5, 2.3, LINE (MARK, 2.2)),
  PATH ("M8.2 21.5v-1.3c0-2.5 1.5-4 3.8-4c2.3 0 3.8 1.5 3.8 4v1.3", LINE (MARK, 2.2)),
  END
};

/* Somebody of the hall who comes. */
static const JuminStroke staff[] = {
  PATH ("M40 260c0-62 32-92 80-92c48 0 80 30 80 92z", FILL (CARD), LINE (CARD_EDGE, 6)),
  PATH ("M96 172l24 34 24-34", FILL (PAPER), LINE (CARD_EDGE, 6)),
  CIRCLE (120, 100, 54, FILL (PAPER), LINE (CARD_EDGE, 6)),
  CIRCLE (102, 100, 5, FILL (CARD_EDGE)),
  CIRCLE (138, 100, 5, FILL (CARD_EDGE)),
  PATH ("M104 122c8 9 24 9 32 0", LINE (CARD_EDGE, 5)),
  PATH ("M66 104c0-38 22-64 54-64c32 0 54 26 54 64", LINE (LAMP_WAIT, 12)),
  RECT (52, 88, 26, 46, 12, FILL (LAMP_WAIT), LINE (CHIP_EDGE, 4)),
  RECT (162, 88, 26, 46, 12, FILL (LAMP_WAIT), LINE (CHIP_EDGE, 4)),
  PATH ("M176 134c0 20-16 30-38 30", LINE (CHIP_EDGE, 6)),
  CIRCLE (134, 164, 8, FILL (CHIP_EDGE)),
  RECT (138, 224, 40, 22, 5, FILL (LAMP_WAIT)),
  END
};

/* The cableway between the two rivers: something is on its way. */
static const JuminStroke wait[] = {
  CIRCLE (470, 92, 56, FILL (LAMP_WAIT)),
  PATH ("M0 250c90-60 170-50 250-20 90 30 150-50 350-20v130H0z", FILL (CARD), .alpha = 0.55),
  PATH ("M372 214V128h26v86zM406 214V92l16-14 16 14v122zM446 214v-70h32v70zM486 214v-46h24v46z",
        FILL (JADE_RIVER), .alpha = 0.8),
  PATH ("M0 286c110-42 200-18 300-10 110 8 190-40 300-20v84H0z", FILL (CARD)),
  PATH ("M0 314c120 16 220 20 340 8 100-10 190-4 260 6v22H0z", FILL (JADE_RIVER)),
  PATH ("M600 318c-110 22-220 24-340 26-100 2-180-2-260 4v12h600z", FILL (LAMP_WAIT), .alpha = 0.9),
  PATH ("M20 206 580 -4", LINE (CARD_EDGE, 4), .alpha = 0.55),
  PATH ("M220 131v26", LINE (CARD_EDGE, 5), .motion = JUMIN_RIDE),
  RECT (176, 154, 88, 58, 15, FILL (LAMP_WAIT), LINE (CARD_EDGE, 5), .motion = JUMIN_RIDE),
  PATH ("M176 184h88M205 156v27M235 156v27", LINE (CARD_EDGE, 5), .motion = JUMIN_RIDE),
  END
};

/* Behind the home page's head, in portrait; its rivers are drawn apart, at the lower edge. */
static const JuminStroke hills[] = {
  CIRCLE (948, 74, 50, FILL (SUN)),
  PATH ("M0 150C130 96 240 120 350 142c120 22 190-30 300-48 110-18 190 26 280 10 60-10 110-34 150"
        "-34v1900H0z", FILL (HILL_FAR)),
  PATH ("M846 170V84h24v86zM876 170V54l14-12 14 12v116zM910 170V98h30v72zM946 170v-46h20v46z",
        FILL (TOWN)),
  PATH ("M0 214c150-46 270-20 400-10 150 12 240-54 380-56 120-2 200 44 300 26v1800H0z",
        FILL (HILL_NEAR)),
  END
};

static const JuminStroke cableway[] = {
  PATH ("M700 137 1090 -10", LINE (ROPE, 3), .alpha = 0.65),
  PATH ("M764 113v20", LINE (ROPE, 4)),
  RECT (732, 131, 64, 42, 11, FILL (SUN)),
  PATH ("M732 152h64M753 133v19M775 133v19", LINE (CABIN_LINE, 4)),
  END
};

/* The lower edge of the head: jade and ochre meet. 1080 x 66. */
static const JuminStroke rivers[] = {
  PATH ("M0 8c180 26 330 34 520 20 220-16 360-6 560 8v30H0z", FILL (JADE_RIVER)),
  PATH ("M1080 0c-170 36-330 40-520 44-220 4-380-6-560 0v22h1080z", FILL (OCHRE_RIVER)),
  PATH ("M0 52c260-10 520 8 1080-8v22H0z", FILL (GROUND)),
  END
};

static const JuminStroke hills_wide[] = {
  CIRCLE (566, 176, 50, FILL (SUN)),
  PATH ("M0 250c110-52 200-34 290-14 110 24 200-40 390-8v1712H0z", FILL (HILL_FAR)),
  PATH ("M484 272v-86h24v86zM514 272V154l14-12 14 12v118zM548 272v-74h28v74zM582 272v-48h20v48z",
        FILL (TOWN)),
  PATH ("M0 306c120-44 220-20 330-16 120 6 220-40 350-30v1680H0z", FILL (HILL_NEAR)),
  END
};

static const JuminStroke rivers_wide[] = {
  PATH ("M0 0c130 16 250 22 370 10 120-12 210-6 310 6v44H0z", FILL (JADE_RIVER)),
  PATH ("M680 4c-120 24-240 26-380 30-120 4-200 2-300 8v18h680z", FILL (OCHRE_RIVER)),
  END
};

static const JuminDrawing drawings[] = {
  { "card", 200, 270, card, ATTRACT_MS },
  { "code", 200, 270, code, ATTRACT_MS },
  { "card-large", 466, 420, card_large, SOON_MS },
  { "code-marks", 466, 420, code_marks, SOON_MS },
  { "code-large", 466, 420, code_large, SOON_MS },
  { "take-card", 460, 420, take_card, SOON_MS },
  { "slip", 420, 230, slip, 0 },
  { "sheet", 250, 222, sheet, 0 },
  { "arrow", 88, 88, arrow, SOON_MS },
  { "paper", 210, 190, paper, 0 },
  { "door", 24, 24, door, 0 },
  { "staff", 240, 270, staff, 0 },
  { "wait", 600, 360, wait, SOON_MS },
  { "hills", 1080, 520, hills, 0 },
  { "cableway", 1080, 520, cableway, 0 },
  { "rivers", 1080, 66, rivers, 0 },
  { "hills-wide", 680, 940, hills_wide, 0 },
  { "rivers-wide", 680, 60, rivers_wide, 0 },
};
/* clang-format on */

/**
 * jumin_drawing_find:
 *
 * Returns: (nullable): the drawing called @name
 */
const JuminDrawing *
jumin_drawing_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (drawings); i++)
    if (g_strcmp0 (drawings[i].name, name) == 0)
      return &drawings[i];
  return NULL;
}
