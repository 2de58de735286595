using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Conclude.Api.Users;

namespace Conclude.Api.Tests.Pure;

/// <summary>Proves that what docs/privacy.md calls personal is in the export where it says, or that it says why not.</summary>
public sealed partial class PrivacyPageExportTests
{
    [Fact]
    public void Each_personal_column_is_exported_where_the_page_says()
    {
        var root = typeof(PrivacyPageExportTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(static a => a.Key == "Repository").Value!;
        var rows = Rows().Matches(File.ReadAllText(Path.Combine(root, "docs/privacy.md"))).Select(static m => m.Value.Trim('|', ' ').Split('|')).ToArray();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            Assert.Equal(5, row.Length);
            string[] paths = [.. Names().Matches(row[^1]).Select(static m => m.Groups["name"].Value)];
            Assert.True(paths.Length > 0 || row[^1].Trim().StartsWith("none:", StringComparison.Ordinal) || row[^1].Contains("nothing of theirs", StringComparison.Ordinal), row[0]);
            Assert.All(paths, static path => Assert.True(IsIn(typeof(UserExportJson), path), path));
        }
    }

    private static bool IsIn(Type type, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (type.GetProperties().FirstOrDefault(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == name) is not { } property)
            {
                return false;
            }

            type = property.PropertyType is { IsGenericType: true } list && list.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? list.GenericTypeArguments[0] : property.PropertyType;
        }

        return true;
    }

    [GeneratedRegex(@"^\| `\w+\.\w+`.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Rows();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Names();
}
