-- A state that is cleared leaves no row, and one written after it began at version 1 again: whoever had read the first one could have written
-- over the second. Versions now come from one sequence and never come back. (Silos of the version before still count by one while they are
-- replaced, hence the distance.)
CREATE SEQUENCE cluster_state_versions AS integer CYCLE;
SELECT setval('cluster_state_versions', (SELECT coalesce(max(version), 0) + 1000000 FROM cluster_state));

UPDATE OrleansQuery SET QueryText = $sql$
  WITH added AS (
    INSERT INTO cluster_state(service, kind, key_low, key_high, key_text, version, payload, changed_at)
    SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), nextval('cluster_state_versions')::integer, @PayloadBinary, now()
    WHERE @GrainStateVersion IS NULL
    ON CONFLICT DO NOTHING
    RETURNING version),
  changed AS (
    UPDATE cluster_state SET payload = @PayloadBinary, version = nextval('cluster_state_versions')::integer, changed_at = now()
    WHERE service = @ServiceId AND kind = @GrainTypeString AND key_text = coalesce(@GrainIdExtensionString, '') AND key_low = @GrainIdN0 AND key_high = @GrainIdN1
      AND version = @GrainStateVersion
    RETURNING version)
  SELECT version AS NewGrainStateVersion FROM added UNION ALL SELECT version FROM changed
$sql$ WHERE QueryKey = 'WriteToStorageKey';
