using Conclude.Dashboard.Embed;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that what developers paste is filled in, survives a strange host, and is what the documents say.</summary>
public sealed class EmbedStackTests
{
    [Fact]
    public void Every_stack_installs_with_the_key_and_the_host()
    {
        Assert.Equal(["html", "npm", "react", "http"], EmbedStack.All("https://moments.acme.com/", "pk_live_1").Select(static s => s.Id));
        Assert.All(EmbedStack.All("https://moments.acme.com/", "pk_live_1"), static stack =>
        {
            var install = Assert.Single(stack.Install, static i => i.Text.Contains("pk_live_1", StringComparison.Ordinal)).Text;
            Assert.Contains("https://moments.acme.com", install, StringComparison.Ordinal);
            Assert.DoesNotContain("https://moments.acme.com/\"", install, StringComparison.Ordinal);
            Assert.Contains("report_exported", stack.Fire.Text, StringComparison.Ordinal);
            Assert.Contains("externalId", stack.Identify.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void No_stack_lets_a_strange_host_out_of_its_string() =>
        Assert.All(EmbedStack.All("https://a.example/\"><script>alert(1)//", "pk_live_1").SelectMany(static s => s.Install), static i =>
            Assert.DoesNotContain("\"><script>alert", i.Text, StringComparison.Ordinal));

    [Fact]
    public void The_documents_say_the_same()
    {
        var install = File.ReadAllText(Path.Combine(Root(), "docs", "install.md"));

        Assert.All(IdentitySamples.All, s => Assert.Contains(s.Text, install, StringComparison.Ordinal));
        Assert.Contains(Snippet.Script("https://HOST/", "KEY").Replace("KEY", "pk_live_…", StringComparison.Ordinal), install, StringComparison.Ordinal);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Conclude.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
