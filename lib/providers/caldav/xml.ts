const maxDepth = 100;

// Name, attributes, "/" of an empty element. No "<" anywhere, so a failing match never looks far.
const tag = /<(\/?)([^\s<>/"'=]+)(?:\s+[^\s<>="'/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>/y;
const badReference = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/i;

/**
 * Whether the parser behind tsdav may be given `xml`. It takes half an answer for a whole one, and makes an object
 * of every error instead of stopping at the first. Comments and CDATA are expected to be gone (`joinTexts`).
 */
export function isWellFormed(xml: string): boolean {
  if (badReference.test(xml)) return false;
  const open: string[] = [];
  let elements = 0;
  let at = xml.indexOf("<");
  if (xml.startsWith("<?xml", at)) at = xml.indexOf("<", at + 1);
  for (; at >= 0; at = xml.indexOf("<", tag.lastIndex)) {
    tag.lastIndex = at;
    const [, isEnd, name = "", isEmpty] = tag.exec(xml) ?? [];
    if (name === "" || (elements > 0 && open.length === 0) || open.length > maxDepth) return false;
    elements += 1;
    if (isEnd && open.pop() !== name) return false;
    if (!isEnd && !isEmpty) open.push(name);
  }
  return elements > 0 && open.length === 0;
}

/** Of text and CDATA sections side by side tsdav keeps only one; this makes them one text. A comment parts texts too. */
export function joinTexts(xml: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let next = xml.indexOf("<!"); next >= 0; next = xml.indexOf("<!", at)) {
    const section = sections.find(({ begin }) => xml.startsWith(begin, next));
    const end = section ? xml.indexOf(section.end, next + section.begin.length) : -1;
    if (!section || end < 0) break; // A DOCTYPE, or half an answer: not well-formed for us.
    parts.push(xml.slice(at, next), section.toText(xml.slice(next + section.begin.length, end)));
    at = end + section.end.length;
  }
  return parts.join("") + xml.slice(at);
}

export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const sections = [
  { begin: "<!--", end: "-->", toText: () => "" },
  { begin: "<![CDATA[", end: "]]>", toText: escapeXml },
];
