type Fields = Record<string, unknown>;

/** Patch semantics: objects are merged field by field, arrays and values replaced, null removes. */
export function merge(before: Fields, patch: Fields): Fields {
  const merged: Fields = { ...before };
  for (const [name, value] of Object.entries(patch)) {
    const known = before[name];
    if (value === null) delete merged[name];
    else merged[name] = isFields(value) && isFields(known) ? merge(known, value) : value;
  }
  return merged;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
