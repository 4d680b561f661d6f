import { ColorChoice } from "@/components/forms/color-choice";
import { palette } from "@/lib/event-types/schema";
import type { Draft } from "./draft";

type Props = { value: Draft["color"]; onChange: (color: Draft["color"]) => void; isRequired?: boolean };

const orNone = [{ color: null, name: "None" }, ...palette];

/** A colour of the palette, or none. */
export function ColorField({ value, onChange, isRequired = false }: Props) {
  return (
    <ColorChoice legend="Colour" choices={isRequired ? palette : orNone} value={value} onChange={onChange} />
  );
}
