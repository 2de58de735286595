namespace Conclude.Ledger;

/// <summary>A step in the life of a prompt.</summary>
public enum PromptStep : byte
{
    Seen,
    Reaction,
    Comment,
    Dismiss,
}
