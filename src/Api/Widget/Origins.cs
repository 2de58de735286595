using Conclude.Api.Keys;
using Microsoft.Extensions.Primitives;

namespace Conclude.Api.Widget;

/// <summary>
/// Which pages may use the widget routes with a key: those that it names, else those that the workspace's settings do. A request without
/// an origin is no page's: this stops pages, not scripts.
/// </summary>
internal static class Origins
{
    public static bool Allow(Caller caller, StringValues origin)
    {
        var allowed = caller.Key.AllowedOrigins is { IsEmpty: false } own ? own : caller.Workspace.Settings.AllowedOrigins;
        return origin.Count == 0 || allowed.IsEmpty || (origin.Count == 1 && allowed.Contains(origin[0]!, StringComparer.OrdinalIgnoreCase));
    }
}
