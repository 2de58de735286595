namespace Conclude.Conformance.Tests.Engine;

/// <summary>What a test wants of its engine.</summary>
internal sealed record EngineSettings
{
    /// <summary>On Orleans, whose calls run on real time: fail calls after two seconds instead of thirty.</summary>
    public bool ShortResponseTimeout { get; init; }

    /// <summary>On Orleans: as many silos, whatever <see cref="TestSilos"/> says.</summary>
    public int? Silos { get; init; }

    /// <summary>Wait 200 ms for running calls when stopping (Orleans: a second), and 200 ms for activations to end.</summary>
    public bool ShortStop { get; init; }

    /// <summary>On the local engine: events that wait for one stream subscriber.</summary>
    public int? StreamQueueLength { get; init; }

    /// <summary>On Orleans: <see cref="TestEngine.Postgres"/> is there, as a silo of the host has it; the local engine always has it.</summary>
    public bool Postgres { get; init; }
}
