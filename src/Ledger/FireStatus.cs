namespace Conclude.Ledger;

/// <summary>What became of a fire.</summary>
[GenerateSerializer, Alias("Conclude.FireStatus")]
public enum FireStatus : byte
{
    /// <summary>Committed and counted.</summary>
    Accepted,

    /// <summary>The id was there before; the result carries what was stored then. Nothing moved.</summary>
    Duplicate,

    /// <summary>The month's quota is used up. Nothing was stored.</summary>
    OverQuota,

    /// <summary>A new name over the limit on names. Nothing was stored.</summary>
    TooManyNames,

    /// <summary>The user's row has moved on: read again and decide again. Nothing was stored.</summary>
    Conflict,
}
