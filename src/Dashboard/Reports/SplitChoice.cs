namespace Conclude.Dashboard.Reports;

/// <summary>By what answers are split, as an address carries it: <c>company</c>, <c>page</c>, <c>language</c>, <c>device</c>, or <c>trait.plan</c> as in audience rules.</summary>
/// <param name="Trait">Its name; empty when none was chosen yet. Null for all other kinds.</param>
public sealed record SplitChoice(SplitKind Kind, string? Trait = null)
{
    private const string TraitPrefix = "trait.";

    public static SplitChoice Default { get; } = new(SplitKind.Company);

    public string Word => Kind is SplitKind.Trait ? TraitPrefix + Trait : Kind.ToString().ToLowerInvariant();

    /// <summary>What cannot be read is as if it were not there.</summary>
    public static SplitChoice Read(string? text) =>
        text?.StartsWith(TraitPrefix, StringComparison.Ordinal) == true ? new(SplitKind.Trait, text[TraitPrefix.Length..])
        : Enum.TryParse<SplitKind>(text, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && kind is not SplitKind.Trait ? new(kind)
        : Default;
}
