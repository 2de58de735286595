using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>Fires of one name, as many as could be read in a short time. Test fires are left out.</summary>
/// <param name="Fires">Newest first.</param>
/// <param name="Total">Fires of the name in all the hours asked for, read or not.</param>
public sealed record PastFires(ImmutableArray<PastFire> Fires, long Total)
{
    /// <summary>A read returns at most this many.</summary>
    public const int Most = 20_000;

    public static PastFires None { get; } = new([], 0);
}
