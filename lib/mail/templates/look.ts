import type { CSSProperties } from "react";

// The product's colours (app/globals.css) in hexadecimal: mail programs know no others.
const light = {
  canvas: "#f3f7f7",
  card: "#ffffff",
  line: "#dbe2e3",
  ink: "#18262a",
  muted: "#54646a",
  accent: "#0b5e66",
  onAccent: "#ffffff",
};
const dark = {
  canvas: "#0d1416",
  card: "#151d1f",
  line: "#2c3639",
  ink: "#ecf1f1",
  muted: "#abb7ba",
  accent: "#76d3ce",
  onAccent: "#08191c",
};

const font = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

export const look = {
  body: { margin: 0, padding: 0 },
  canvas: {
    padding: "24px 12px",
    backgroundColor: light.canvas,
    color: light.ink,
    fontFamily: font,
  },
  card: {
    maxWidth: 560,
    margin: "0 auto",
    padding: "32px 28px",
    backgroundColor: light.card,
    border: `1px solid ${light.line}`,
    borderRadius: 14,
  },
  heading: { margin: "0 0 12px", fontSize: 24, lineHeight: "30px", fontWeight: 600, color: light.ink },
  lead: { margin: "0 0 8px", fontSize: 16, lineHeight: "24px", color: light.ink },
  facts: {
    margin: "20px 0 24px",
    borderTop: `1px solid ${light.line}`,
    borderBottom: `1px solid ${light.line}`,
    padding: "8px 0",
  },
  name: { margin: "10px 0 2px", fontSize: 13, lineHeight: "18px", color: light.muted },
  line: { margin: 0, fontSize: 16, lineHeight: "24px", color: light.ink, overflowWrap: "anywhere" },
  firstLine: { fontWeight: 600 },
  gone: { textDecoration: "line-through", color: light.muted },
  button: {
    display: "inline-block",
    padding: "13px 22px",
    borderRadius: 10,
    backgroundColor: light.accent,
    color: light.onAccent,
    fontSize: 16,
    fontWeight: 600,
    textDecoration: "none",
  },
  others: { margin: "18px 0 0", fontSize: 15, lineHeight: "28px", color: light.muted },
  link: { color: light.accent, textDecoration: "underline" },
  footer: {
    maxWidth: 560,
    margin: "16px auto 0",
    padding: "0 28px",
    fontSize: 13,
    lineHeight: "19px",
    color: light.muted,
  },
} satisfies Record<string, CSSProperties>;

/** For what inline styles cannot say; they win over a style sheet unless it insists. */
export const styleSheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
.canvas { background-color: ${light.canvas}; }
@media (prefers-color-scheme: dark) {
  .canvas { background-color: ${dark.canvas} !important; color: ${dark.ink} !important; }
  .card { background-color: ${dark.card} !important; border-color: ${dark.line} !important; }
  .facts { border-color: ${dark.line} !important; }
  .ink { color: ${dark.ink} !important; }
  .muted { color: ${dark.muted} !important; }
  .link { color: ${dark.accent} !important; }
  .button { background-color: ${dark.accent} !important; color: ${dark.onAccent} !important; }
}
@media (max-width: 480px) {
  .card { padding: 24px 20px !important; }
}
`;
