using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using Conclude.Ledger.Adoption;
using Conclude.Ledger.Postgres;
using Conclude.Silo.CookieKeys;
using Conclude.Silo.Engines;
using Npgsql;

namespace Conclude.Silo.Commands.Adopt;

/// <summary>
/// <c>adopt --from SOURCE</c>: takes an installation on one machine, whole, into the PostgreSQL database that the host's settings name: the
/// ledger's rows, then what grains keep, then a recount.
/// </summary>
internal static class AdoptCommand
{
    public const string Name = "adopt";

    private const int Agrees = 0;
    private const int Differs = 1;
    private const int Failed = 2;
    private const string From = "--from";

    private const string Usage = """
        adopt --from SOURCE   copies an installation into the empty PostgreSQL database of ConnectionStrings:Conclude

        SOURCE is the data directory of an installation on SQLite, or the connection string (Npgsql) of one on PostgreSQL. If that is
        the same database, its rows stay where they are. No host may run on either meanwhile. Killed, it goes on when run again.
        The source keeps what it has: do not start a host on it any more.

        Settings are the host's: environment, appsettings.json, or --NAME=VALUE.
        Exit codes: 0 all is there and agrees, 1 all is there and the recount found differences, 2 it could not be done.
        """;

    /// <param name="options">What stands after the command's name.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] options)
    {
        if (options.Contains("--help"))
        {
            await Console.Out.WriteLineAsync(Usage);
            return Agrees;
        }

        try
        {
            var at = Array.IndexOf(options, From);
            return at >= 0 && at + 1 < options.Length
                ? await Adopt(options[at + 1], [.. options[..at], .. options[(at + 2)..]])
                : throw new InvalidSettingException("Say what to adopt: adopt --from SOURCE. See adopt --help.");
        }
        catch (Exception reason) when (Silo.Run.Line(reason) is { } line)
        {
            await Console.Error.WriteLineAsync("It could not be done: " + line.ReplaceLineEndings(" "));
            return Failed;
        }
    }

    private static async Task<int> Adopt(string from, string[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        SettingsCheck.CheckStore(builder.Configuration);
        PostgresLedgerOptions target = new()
        {
            ConnectionString = Store.ConnectionString(builder.Configuration)
                ?? throw new InvalidSettingException("ConnectionStrings:Conclude must name the database that takes the installation in."),
        };
        var started = Stopwatch.GetTimestamp();
        using var adoption = Open(from, target);
        await using var engine = await StartEngine(builder);
        StateCopy states = new(engine.Services);
        await foreach (var state in States(from))
        {
            await states.Check(state);
        }

        using (AdoptBar bar = new())
        {
            adoption.Copy(bar);
        }

        await foreach (var state in States(from))
        {
            await states.Write(state);
        }

        await engine.StopAsync();
        await CopyCookieKeys(from, target.ConnectionString);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{(adoption.IsInPlace ? "The rows stay where they are" : "All rows are there")}; {states.Written} documents copied, {states.Found} were there. Recounting …"));

        await using PostgresLedger ledger = new(target, static () => [], TimeProvider.System);
        ledger.OpenForReading();
        using RowProgress progress = new();
        var found = await ledger.Verify(progress);
        progress.Dispose();
        foreach (var line in (string[])[.. found.WrongSums, .. found.WrongRows])
        {
            await Console.Out.WriteLineAsync(line);
        }

        adoption.Release();
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Adopted {adoption.Source} in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s: {found.Rows:N0} rows counted, {(found.Agrees ? "all agrees" : "see the differences above, and verify --repair")}."));
        return found.Agrees ? Agrees : Differs;
    }

    private static LedgerAdoption Open(string from, PostgresLedgerOptions target) => IsDatabase(from)
        ? LedgerAdoption.OfDatabase(from, target)
        : LedgerAdoption.OfDirectory(from, target);

    /// <summary>The engine alone: no grain is called, and nothing is served that anybody could find.</summary>
    private static async Task<WebApplication> StartEngine(WebApplicationBuilder builder)
    {
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddEngine(DataDirectory.Find(builder.Configuration));
        var host = builder.Build();
        try
        {
            await host.StartAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whoever is signed in stays so.</summary>
    private static async Task CopyCookieKeys(string from, string target)
    {
        (string, XElement)[] keys;
        if (IsDatabase(from))
        {
            using PostgresKeys source = new(from);
            await source.Prepare([], static () => { }, CancellationToken.None);
            keys = [.. source.GetAllElements().Select(static key => ("key-" + (string?)key.Attribute("id"), key))];
        }
        else
        {
            keys = KeyFiles.In(new DirectoryInfo(Path.Combine(from, KeyFiles.Folder)));
        }

        using PostgresKeys store = new(target);
        await store.Prepare(keys, static () => { }, CancellationToken.None);
    }

    private static IAsyncEnumerable<StoredState> States(string from) => IsDatabase(from) ? StoredState.InDatabase(from) : StoredState.InDirectory(from);

    /// <exception cref="InvalidSettingException">It reads as a connection string and is none.</exception>
    private static bool IsDatabase(string from)
    {
        if (!from.Contains('=', StringComparison.Ordinal) || Directory.Exists(from))
        {
            return false;
        }

        try
        {
            _ = new NpgsqlConnectionStringBuilder(from);
            return true;
        }
        catch (ArgumentException wrong)
        {
            throw new InvalidSettingException("The source is no directory, and as a connection string it cannot be read: " + wrong.Message, wrong);
        }
    }
}
