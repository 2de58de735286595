namespace Conclude.Grains.Keys;

/// <summary>What a key opens.</summary>
[GenerateSerializer, Alias("Conclude.KeyKind")]
public enum KeyKind : byte
{
    /// <summary><c>pk_live_…</c>: the widget routes.</summary>
    Publishable,

    /// <summary><c>pk_test_…</c>: the widget routes in test mode.</summary>
    Test,

    /// <summary><c>sk_live_…</c>: the management routes.</summary>
    Secret,
}
