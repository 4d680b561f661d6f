-- An account that lets us in no more closes its host's pages, one that does again opens them.
CREATE TRIGGER calendar_connections_updated AFTER UPDATE ON calendar_connections FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION notify_availability_of_row('host_id');
