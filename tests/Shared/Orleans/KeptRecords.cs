using System.Collections.Concurrent;

namespace Conclude.Testing;

/// <summary>Stored grain state that outlives the silos of a test: as a database would, but in the test's own process.</summary>
internal sealed class KeptRecords
{
    public ConcurrentDictionary<(GrainId Grain, string State), Record> All { get; } = new();

    /// <summary>A value as it was written, and its version.</summary>
    internal sealed record Record(BinaryData Payload, string Etag);
}
