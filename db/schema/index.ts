export * from "./appointments";
export * from "./bookings";
export * from "./calendars";
export * from "./event-types";
export * from "./schedules";
export * from "./sync-logs";
export * from "./synced-events";
export * from "./users";
