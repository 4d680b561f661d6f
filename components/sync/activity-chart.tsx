import clsx from "clsx";
import { Fold } from "@/components/runs/fold";
import { tookText } from "@/components/runs/took";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { ActiveHour } from "@/lib/sync/activity";
import { type Clock, formatTime } from "@/lib/time";
import { activitySummary, hourWords } from "./activity-words";

type Props = { hours: ActiveHour[]; clock: Clock };

/** The last day at a glance: how many runs there were and failed, and how long they took. */
export function ActivityChart({ hours, clock }: Props) {
  const summary = activitySummary(hours);
  const isQuiet = hours.every(({ ok, failed }) => ok + failed === 0);
  const mostRuns = Math.max(1, ...hours.map(({ ok, failed }) => ok + failed));
  const slowest = Math.max(1, ...hours.map(({ slowMs }) => slowMs ?? 0));
  return (
    <Card>
      <CardHeader title="Last 24 hours" description={summary} className={isQuiet ? "" : "pb-3"} />
      {!isQuiet && (
        <CardBody className="flex flex-col gap-4">
          <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
            <Panel
              title="Runs each hour"
              top={`${mostRuns}`}
              legend={[
                { look: "bg-accent", name: "Went well" },
                { look: "bg-danger", name: "Failed" },
              ]}
              hours={hours}
              clock={clock}
              bars={({ ok, failed }) => [
                { height: ok / mostRuns, look: "fill-accent" },
                { height: failed / mostRuns, look: "fill-danger" },
              ]}
            />
            <Panel
              title="How long they took"
              top={tookText(slowest)}
              legend={[
                { look: "bg-accent", name: "Half of them" },
                { look: "bg-accent-line", name: "Nearly all (95 %)" },
              ]}
              hours={hours}
              clock={clock}
              bars={({ medianMs, slowMs }) => [
                { height: (medianMs ?? 0) / slowest, look: "fill-accent" },
                { height: ((slowMs ?? 0) - (medianMs ?? 0)) / slowest, look: "fill-accent-line" },
              ]}
            />
          </div>
          <Fold summary="As a table">
            <HourTable hours={hours} clock={clock} />
          </Fold>
        </CardBody>
      )}
    </Card>
  );
}

type PanelProps = Props & {
  title: string;
  /** What a bar of full height stands for. */
  top: string;
  legend: { look: string; name: string }[];
  /** The parts of a bar from the bottom up, as fractions of the height. */
  bars: (hour: ActiveHour) => { height: number; look: string }[];
};

function Panel({ title, top, legend, hours, clock, bars }: PanelProps) {
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <figcaption className="flex flex-col gap-1 text-sm">
        <span>
          <span className="font-medium">{title}</span> <span className="text-muted">up to {top}</span>
        </span>
        <span className="flex flex-wrap gap-x-4 text-muted">
          {legend.map(({ look, name }) => (
            <span key={name} className="flex items-center gap-1.5">
              <span aria-hidden="true" className={clsx("size-2.5 rounded-[3px]", look)} />
              {name}
            </span>
          ))}
        </span>
      </figcaption>
      {/* The table says the same to whoever does not see it. */}
      <div aria-hidden="true" className="flex flex-col">
        <div className="border-line border-y">
          <svg
            viewBox="0 0 240 100"
            preserveAspectRatio="none"
            className="block h-28 w-full"
            role="presentation"
          >
            {hours.map((hour, place) => (
              <g key={hour.startsAt.getTime()} className="group">
                <title>{`${formatTime(hour.startsAt, clock)}: ${hourWords(hour)}`}</title>
                <rect
                  x={place * 10}
                  y={0}
                  width={10}
                  height={100}
                  className="fill-transparent group-hover:fill-sunken"
                />
                {stacked(bars(hour)).map(({ y, height, look }) => (
                  <rect key={look} x={place * 10 + 1.5} y={y} width={7} height={height} className={look} />
                ))}
              </g>
            ))}
          </svg>
        </div>
        <div className="relative h-5 text-muted text-xs tabular-nums">
          {hours.map(
            ({ startsAt }, place) =>
              place % 6 === 2 && (
                <span
                  key={startsAt.getTime()}
                  className="absolute top-1 -translate-x-1/2 whitespace-nowrap"
                  style={{ left: `${((place + 0.5) / hours.length) * 100}%` }}
                >
                  {formatTime(startsAt, clock)}
                </span>
              ),
          )}
        </div>
      </div>
    </figure>
  );
}

// A single failure among hundreds still shows.
const least = 3;

/** Rectangles of a bar in a height of 100. */
function stacked(parts: { height: number; look: string }[]) {
  let top = 100;
  return parts
    .filter(({ height }) => height > 0)
    .map(({ height, look }) => {
      const tall = Math.min(Math.max(height * 94, least), top);
      top -= tall;
      return { y: top, height: tall, look };
    });
}

function HourTable({ hours, clock }: Props) {
  const cell = "py-1.5 pr-3 text-right align-bottom first:text-left last:pr-0 sm:pr-4";
  return (
    <table className="mt-1 w-full text-sm tabular-nums">
      <caption className="sr-only">Runs of the last 24 hours, by the hour</caption>
      <thead className="border-line border-b text-muted">
        <tr>
          {["From", "Went well", "Failed", "Half took up to", "Nearly all took up to"].map((name) => (
            <th key={name} scope="col" className={`${cell} font-medium`}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {hours.map(({ startsAt, ok, failed, medianMs, slowMs }) => (
          <tr key={startsAt.getTime()}>
            <th scope="row" className={`${cell} font-normal`}>
              {formatTime(startsAt, clock)}
            </th>
            <td className={cell}>{ok}</td>
            <td className={clsx(cell, failed > 0 && "text-danger")}>{failed}</td>
            <td className={`${cell} whitespace-nowrap`}>{medianMs === null ? "–" : tookText(medianMs)}</td>
            <td className={`${cell} whitespace-nowrap`}>{slowMs === null ? "–" : tookText(slowMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
