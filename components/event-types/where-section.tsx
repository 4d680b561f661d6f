import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { LocationKind } from "@/lib/event-types/fields";
import type { Editor } from "./draft";

export function WhereSection({ draft, change, errorOf }: Editor) {
  const { locationKind: kind } = draft;
  const asked = places[kind].field;
  return (
    <Card>
      <CardHeader title="Where you meet" />
      <CardBody className="flex flex-col gap-5">
        <Field label="Place" hint={places[kind].hint} error={errorOf("locationKind")}>
          <Select
            name="locationKind"
            value={kind}
            onChange={(event) => change({ locationKind: event.target.value as LocationKind })}
          >
            {Object.entries(places).map(([value, { name }]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        {asked && (
          <Field
            key={kind}
            label={asked.label}
            error={errorOf("location")}
            {...(asked.isOptional && { optional: true })}
          >
            <Input
              name="location"
              type={asked.type}
              value={draft.locations[kind]}
              placeholder={asked.placeholder}
              onChange={(event) => change({ locations: { ...draft.locations, [kind]: event.target.value } })}
            />
          </Field>
        )}
      </CardBody>
    </Card>
  );
}

type Asked = { label: string; type: "url" | "tel" | "text"; placeholder: string; isOptional?: true };
type Place = { name: string; hint: string; field: Asked | null };

const places: Record<LocationKind, Place> = {
  video: {
    name: "Video call",
    hint: "Visitors get the link once they have booked.",
    field: { label: "Video link", type: "url", placeholder: "https://meet.example.com/you" },
  },
  host_phone: {
    name: "Visitors call me",
    hint: "Visitors get your number once they have booked.",
    field: { label: "Your telephone number", type: "tel", placeholder: "+32 2 555 12 12" },
  },
  visitor_phone: {
    name: "I call the visitor",
    hint: "Visitors are asked for their number when they book.",
    field: null,
  },
  address: {
    name: "In person",
    hint: "Everybody who looks at the booking page sees the address.",
    field: { label: "Address of the place", type: "text", placeholder: "Rue de la Loi 16, Brussels" },
  },
  other: {
    name: "Something else",
    hint: "Say it in your own words, or agree on it later.",
    field: { label: "Location", type: "text", placeholder: "We agree by e-mail", isOptional: true },
  },
};
