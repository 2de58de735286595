using System.Globalization;
using Conclude.Testing;

namespace Conclude.Cluster.Tests;

/// <summary>Proves with real processes that silos take over what the engine of one process has stored.</summary>
public sealed class AdoptTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    [InlineData("in place")]
    public async Task Silos_go_on_where_one_process_ended(string from)
    {
        Hosting.Cluster.RequireOrleans();
        Assert.SkipUnless(File.Exists(SiloProcess.LocalProgram), "The host of the default build was not built; .ci/run does.");
        await new AdoptScenario(static () =>
            [("Conclude__Cluster__Address", "127.0.0.1"), ("Conclude__Cluster__SiloPort", SiloProcess.FreePort().ToString(CultureInfo.InvariantCulture))]).Run(from);
    }
}
