namespace Conclude.Ledger.Upkeep;

/// <summary>What processes on one store do one at a time.</summary>
internal enum UpkeepTurn
{
    /// <summary>See <see cref="ILedgerUpkeep.TryTakeTurn"/>.</summary>
    Retention,

    /// <summary>Going on with what another process may have left undone.</summary>
    Erasure,
}
