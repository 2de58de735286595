namespace Conclude.Bench.Runner;

/// <summary>The run cannot go on, or what it measured is worth nothing; the message says why.</summary>
internal sealed class BenchException(string message) : Exception(message);
