// Flex keywords in pixels; anything else ("12px", "30%") is CSS already. Values that are neither are dropped.

const spaces = { none: "0", xs: "2px", sm: "4px", md: "8px", lg: "12px", xl: "16px", xxl: "20px" };
const words = {
  xxs: "11px",
  xs: "13px",
  sm: "14px",
  md: "16px",
  lg: "19px",
  xl: "22px",
  xxl: "29px",
  "3xl": "35px",
  "4xl": "48px",
  "5xl": "74px",
};
const pictures = {
  xxs: "40px",
  xs: "60px",
  sm: "80px",
  md: "100px",
  lg: "120px",
  xl: "140px",
  xxl: "160px",
  "3xl": "180px",
  "4xl": "200px",
  "5xl": "220px",
  full: "100%",
};
const borders = { none: "0", light: "0.5px", normal: "1px", "semi-bold": "2px", medium: "2px", bold: "3px" };
export const bubbleWidths = { nano: 120, micro: 160, deca: 220, hecto: 241, kilo: 260, mega: 300, giga: 386 };

const isLength = (value) => /^-?\d+(\.\d+)?(px|%)$/.test(value);
const among = (names) => (value) =>
  Object.hasOwn(names, value) ? names[value] : isLength(value) ? value : undefined;

export const space = among(spaces);
export const textSize = among(words);
export const pictureSize = among(pictures);
export const border = among(borders);
export const radius = space;

/** #RRGGBB or #RRGGBBAA, else nothing. */
export const colour = (value) =>
  /^#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(value ?? "") ? value : undefined;

/** "20:13" -> "20 / 13". */
export const ratio = (value = "1:1") => value.replace(":", " / ");

/** Drops what is undefined, so that a style object holds only what the message said. */
export const said = (styles) =>
  Object.fromEntries(Object.entries(styles).filter(([, value]) => value !== undefined));
