import { channelMetrics } from "./channels";
import { productMetrics } from "./product";
import { queueMetrics } from "./queue";
import { runMetrics } from "./runs";
import { subscriptionMetrics } from "./subscriptions";
import { metricsText } from "./text";

/** Everything we measure, as Prometheus reads it. */
export async function readMetrics(): Promise<string> {
  const parts = await Promise.all([
    queueMetrics(),
    runMetrics(),
    productMetrics(),
    subscriptionMetrics(),
    channelMetrics(new Date()),
  ]);
  return metricsText(parts.flat());
}
