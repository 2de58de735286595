namespace Conclude.Ledger;

/// <summary>A step in the life of a prompt.</summary>
[GenerateSerializer, Alias("Conclude.PromptStep")]
public enum PromptStep : byte
{
    Seen,
    Reaction,
    Comment,
    Dismiss,
}
