namespace Conclude.Ledger.Adoption;

/// <summary>The database holds part of an installation whose adoption has not ended: it cannot be worked on.</summary>
public sealed class AdoptionUnfinishedException(string source)
    : Exception($"The database holds part of {source}, whose adoption has not ended: run adopt again, or start with an empty database.");
