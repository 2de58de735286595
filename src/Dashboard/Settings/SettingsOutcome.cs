using System.Collections.Immutable;

namespace Conclude.Dashboard.Settings;

/// <summary>What became of a change to the workspace.</summary>
/// <param name="Problem">What to tell the person; null when it was saved.</param>
/// <param name="Errors">By JSON field name.</param>
public sealed record SettingsOutcome(string? Problem, ImmutableSortedDictionary<string, string> Errors)
{
    private static readonly ImmutableSortedDictionary<string, string> None = ImmutableSortedDictionary<string, string>.Empty;

    public static SettingsOutcome Done { get; } = new(null, None);

    public static SettingsOutcome NotAllowed { get; } = new("Viewers cannot change settings. Ask an admin of this workspace.", None);

    public static SettingsOutcome Unavailable { get; } = new("The server could not save this just now. Nothing was changed; try again in a moment.", None);

    public static SettingsOutcome Changed { get; } = new("Somebody else changed these settings while you were editing. Nothing was overwritten: what you see now is theirs.", None);

    public static SettingsOutcome TooManyKeys { get; } = new("There are as many keys of this kind as a workspace may have. Revoke one first.", None);

    public static SettingsOutcome Gone { get; } = new("It is gone already.", None);

    public static SettingsOutcome Refused(string problem) => new(problem, None);

    public static SettingsOutcome Invalid(ImmutableSortedDictionary<string, string> errors) => new("Some fields need another look.", errors);

    public bool Saved => Problem is null;
}
