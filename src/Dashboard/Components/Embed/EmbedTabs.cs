namespace Conclude.Dashboard.Components.Embed;

/// <summary>The parts of the Embed page, as its address names them.</summary>
internal static class EmbedTabs
{
    public const string Origins = "origins";
    public const string Look = "look";
}
