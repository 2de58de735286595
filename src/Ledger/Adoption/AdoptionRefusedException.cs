namespace Conclude.Ledger.Adoption;

/// <summary>The installation cannot be adopted into this database; nothing was changed. The message says what to do.</summary>
public sealed class AdoptionRefusedException(string message) : Exception(message);
