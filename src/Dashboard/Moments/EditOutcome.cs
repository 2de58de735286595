using System.Collections.Immutable;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Moments;

/// <summary>What became of an edit.</summary>
/// <param name="Status">Null when the server could not be asked, or must not be by this account.</param>
/// <param name="Moment">As stored now.</param>
/// <param name="Errors">By JSON field name.</param>
public sealed record EditOutcome(SaveStatus? Status, MomentDefinition? Moment, ImmutableSortedDictionary<string, string>? Errors)
{
    public static EditOutcome NotAllowed { get; } = new(null, null, null) { Problem = "Viewers cannot change moments. Ask an admin of this workspace." };

    public static EditOutcome Unavailable { get; } = new(null, null, null) { Problem = "The server could not save this just now, and nothing was changed. What you typed is still here: try again in a moment." };

    public bool Saved => Status is SaveStatus.Saved;

    /// <summary>What to tell the person, when it did not work and no field is to blame.</summary>
    public string? Problem
    {
        get => field ?? Status switch
        {
            SaveStatus.NotFound => "Somebody else deleted this moment while you were editing. What you typed is still here.",
            SaveStatus.Changed => "Somebody else changed this moment while you were editing. Nothing was overwritten.",
            SaveStatus.PlanLimit => "Your plan allows no more moments. Delete one that you no longer need, or change the plan. What you typed is still here.",
            SaveStatus.Invalid => "Some fields need another look.",
            _ => null,
        };
        init;
    }
}
