using Conclude.Grains.Tenants;
using Microsoft.Extensions.Primitives;

namespace Conclude.Api.Widget;

/// <summary>Which pages may use a workspace's widget routes. A request without an origin is no page's: this stops pages, not scripts.</summary>
internal static class Origins
{
    public static bool Allow(WorkspaceSettings settings, StringValues origin) =>
        origin.Count == 0 || settings.AllowedOrigins.IsEmpty
        || (origin.Count == 1 && settings.AllowedOrigins.Contains(origin[0]!, StringComparer.OrdinalIgnoreCase));
}
