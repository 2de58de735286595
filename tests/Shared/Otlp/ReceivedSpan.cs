namespace Conclude.Testing.Otlp;

/// <summary>A span as it arrived; ids in hex, the parent's empty where there is none.</summary>
internal sealed record ReceivedSpan(string Name, string Trace, string Id, string Parent, string[] Links, IReadOnlyDictionary<string, string> Tags);
