using Conclude.Bench.Runner;
using Conclude.Bench.Runner.Dashboards;

try
{
    var options = BenchOptions.Parse(args);
    Folders.EmptyWork();
    switch (options.Command)
    {
        case "compare":
            Wrk.Require();
            await Report.Write(await new Comparison(options).Run());
            break;
        case "memory":
            Console.WriteLine(await SessionMemory.Measure(options.Sessions));
            break;
        case "growth":
            await new Growth(options).Run();
            break;
        case "writers":
            await new Writers(options).Run();
            break;
        case "cluster":
            Wrk.Require();
            await new ClusterComparison(options).Run();
            break;
        case "dashboards":
            await new OpenDashboards(options).Run();
            break;
        default:
            throw new BenchException($"{options.Command} is unknown; see --help");
    }

    return 0;
}
catch (BenchException reason)
{
    await Console.Error.WriteLineAsync("bench: " + reason.Message);
    return 1;
}
