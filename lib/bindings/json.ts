import type { Binding } from "./list";

/** A binding as the API answers it. */
export const bindingJson = (binding: Binding) => ({
  id: binding.id,
  calendar_id: binding.calendar.id,
  calendar_name: binding.calendar.name,
  scope: binding.scope,
  scope_id: binding.scopeId,
  include_personal: binding.includePersonal,
  enabled: binding.isEnabled,
  status: binding.status,
  last_synced_at: binding.lastSyncedAt?.toISOString() ?? null,
  last_error: binding.lastError,
  targets: {
    in_calendar: binding.copies.inCalendar,
    pending: binding.copies.pending,
    failing: binding.copies.failing,
  },
  created_at: binding.createdAt.toISOString(),
});
