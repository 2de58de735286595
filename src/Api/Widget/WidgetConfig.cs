using Conclude.Grains.Tenants;

namespace Conclude.Api.Widget;

/// <summary>What the widget needs to know of a workspace.</summary>
/// <param name="Version">Grows with every change to the workspace.</param>
/// <param name="Events">Names that may ask; all others can be sent in batches.</param>
internal sealed record WidgetConfig(long Version, IReadOnlyList<string> Events, WidgetTheme Theme)
{
    public static WidgetConfig Of(WorkspaceSnapshot workspace) => new(
        workspace.Version,
        [.. workspace.Moments.Values.Where(static m => m.Enabled).Select(static m => m.Event)],
        WidgetTheme.Of(workspace.Settings.Theme));
}
