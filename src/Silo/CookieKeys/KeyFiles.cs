using System.Xml.Linq;

namespace Conclude.Silo.CookieKeys;

/// <summary>The keys that an installation on SQLite keeps in its data directory.</summary>
internal static class KeyFiles
{
    public const string Folder = "keys";

    /// <returns>Keys by name; none where there is no such folder.</returns>
    public static (string Name, XElement Key)[] In(DirectoryInfo folder) => folder.Exists
        ? [.. folder.EnumerateFiles("*.xml").Select(static file => (Path.GetFileNameWithoutExtension(file.Name), XElement.Load(file.FullName)))]
        : [];
}
