import { formatOffset, zoneCity, zoneName } from "@/lib/time";

export type Zone = { id: string; city: string; region: string; offset: string; search: string };

/** Every zone the browser knows, the current one first, with what people might type. Offsets are those at `instant`. */
export function listZones(instant: Date, current: string): Zone[] {
  const ids = new Set([...Intl.supportedValuesOf("timeZone"), "UTC"]);
  ids.delete(current);
  const others = [...ids].map((id) => toZone(id, instant));
  return [toZone(current, instant), ...others.sort((a, b) => a.city.localeCompare(b.city, "en"))];
}

export function toZone(id: string, instant: Date): Zone {
  const city = zoneCity(id);
  const [region = ""] = id.split("/");
  const offset = formatOffset(instant, id);
  const search = [city, id, offset, zoneName(instant, id), moreCities[city]].join(" ");
  return {
    id,
    city,
    region: region === city ? "" : region.replaceAll("_", " "),
    offset,
    search: fold(search),
  };
}

/** Every word typed begins a word of the zone, so "new y" finds New York and "york" does too. */
export function matchesZone(zone: Zone, typed: string): boolean {
  return fold(typed)
    .split(" ")
    .every((word) => zone.search.includes(` ${word}`));
}

function fold(text: string): string {
  return ` ${text}`
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("\u2212", "-")
    .replace(/[\s/_,]+/g, " ")
    .trimEnd();
}

// Large cities that lend no zone their name.
const moreCities: Record<string, string> = {
  Amsterdam: "Rotterdam, The Hague",
  Athens: "Thessaloniki",
  Auckland: "Wellington",
  Bangkok: "Phuket",
  Berlin: "Munich, Hamburg, Frankfurt, Cologne, Stuttgart, Düsseldorf, Leipzig, Germany",
  Brussels: "Antwerp, Belgium",
  Bucharest: "Cluj",
  Chicago: "Dallas, Houston, Austin, Minneapolis, New Orleans, Central Time CST CDT",
  Copenhagen: "Aarhus, Denmark",
  Denver: "Salt Lake City, Albuquerque, Mountain Time MST MDT",
  Dubai: "Abu Dhabi, Emirates",
  Dublin: "Cork, Ireland",
  Helsinki: "Tampere, Finland",
  "Hong Kong": "Kowloon",
  Istanbul: "Ankara, Izmir, Turkey",
  Jakarta: "Bandung",
  Jerusalem: "Tel Aviv, Haifa, Israel",
  Johannesburg: "Cape Town, Durban, Pretoria, South Africa",
  Karachi: "Lahore, Islamabad",
  Kolkata: "Mumbai, Delhi, Bangalore, Bengaluru, Hyderabad, Chennai, Pune, India IST",
  Kyiv: "Kiev, Lviv, Odesa, Ukraine",
  Lisbon: "Porto, Portugal",
  London: "Manchester, Edinburgh, Glasgow, Birmingham, Bristol, Cardiff, Belfast, United Kingdom UK GMT BST",
  "Los Angeles": "San Francisco, Seattle, San Diego, Portland, Las Vegas, San Jose, Pacific Time PST PDT",
  Madrid: "Barcelona, Valencia, Seville, Spain",
  Manila: "Quezon City, Philippines",
  "Mexico City": "Guadalajara",
  Moscow: "Saint Petersburg",
  "New York": "Boston, Washington, Miami, Atlanta, Philadelphia, Eastern Time EST EDT",
  Oslo: "Bergen, Norway",
  Paris: "Lyon, Marseille, Toulouse, Nice, France",
  Phoenix: "Tucson, Arizona",
  Prague: "Brno, Czechia",
  Riyadh: "Jeddah, Saudi Arabia",
  Rome: "Milan, Naples, Turin, Florence, Italy",
  "Sao Paulo": "Rio de Janeiro, Brasília, Brazil",
  Seoul: "Busan, Korea",
  Shanghai: "Beijing, Shenzhen, Guangzhou, China",
  Stockholm: "Gothenburg, Malmö, Sweden",
  Sydney: "Canberra, Australia",
  Tokyo: "Osaka, Kyoto, Nagoya, Japan",
  Toronto: "Ottawa, Montreal, Quebec",
  UTC: "Coordinated Universal Time, Zulu, Greenwich",
  Vancouver: "Victoria",
  Vienna: "Graz, Salzburg, Austria",
  Warsaw: "Kraków, Gdańsk, Wrocław, Poland",
  Zurich: "Geneva, Basel, Bern, Lausanne, Switzerland",
};
