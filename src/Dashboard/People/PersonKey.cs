using Conclude.Dashboard.Hosting;

namespace Conclude.Dashboard.People;

/// <summary>A user's key in an address.</summary>
public static class PersonKey
{
    /// <summary>The key as it was written by <see cref="DashboardRoutes.Person"/>, whatever it is made of: a router decodes some of it, and not the slash.</summary>
    /// <param name="address">Absolute.</param>
    public static string Of(string address)
    {
        var path = new Uri(address).AbsolutePath;
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
