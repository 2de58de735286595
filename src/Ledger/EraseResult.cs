namespace Conclude.Ledger;

/// <summary>What was taken out of a person's name.</summary>
/// <param name="Keys">User keys: the person's and those of the browsers linked to them.</param>
public sealed record EraseResult(int Keys, long Events, long Prompts);
