import { startGoogle } from "@/emulators/google/server";

// Google in a process of its own, for a bench that started this one and stops it.

const { url } = await startGoogle({ runs: true });
process.send?.({ url });
process.on("disconnect", () => process.exit());
