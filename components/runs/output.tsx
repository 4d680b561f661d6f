import { Code, Fold } from "./fold";
import { sizeText } from "./took";

type Props = { preview: string; bytes: number; of: string };

/** What a step or a run brought, by its size; its text when asked for. */
export function Output({ preview, bytes, of }: Props) {
  const isWhole = new TextEncoder().encode(preview).length === bytes;
  return (
    <Fold summary={`Output, ${sizeText(bytes)}`}>
      <Code label={`Output of ${of}`}>{isWhole ? indented(preview) : preview}</Code>
      {!isWhole && <p className="mt-1 text-muted text-sm">The beginning only.</p>}
    </Fold>
  );
}

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
