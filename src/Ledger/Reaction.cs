namespace Conclude.Ledger;

/// <summary>What the one tap said. Numbers are stored and never reused.</summary>
[GenerateSerializer, Alias("Conclude.Reaction")]
public enum Reaction : byte
{
    Positive = 1,
    Neutral = 2,
    Frustrated = 3,
}
