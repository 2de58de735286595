using Conclude.Ledger;

namespace Conclude.Dashboard.People;

/// <summary>What came of a prompt, as people say it.</summary>
public static class PromptOutcome
{
    public static string Words(PersonPrompt prompt) => prompt switch
    {
        { Reaction: { } reaction, Comment: not null } => $"Answered {Name(reaction)}, with a comment",
        { Reaction: { } reaction } => $"Answered {Name(reaction)}",
        { DismissedAt: not null } => "Seen and closed",
        { SeenAt: not null } => "Seen, no answer",
        _ => "Offered, not seen",
    };

    private static string Name(Reaction reaction) => reaction.ToString().ToLowerInvariant();
}
