using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Conclude.Bench.Service;

internal sealed class ServiceSettings(IConfiguration arguments) : IServiceSettings
{
    public bool IsSqlite => Required("store") switch
    {
        "sqlite" => true,
        "postgres" => false,
        var other => throw new InvalidOperationException($"--store {other}: sqlite or postgres"),
    };

    public string Database => Required("database");

    public string Data => Required("data");

    public Shape Shape => Enum.Parse<Shape>(Required("shape"), ignoreCase: true);

    public int Connections => int.Parse(arguments["connections"] ?? "16", CultureInfo.InvariantCulture);

    private string Required(string name) => arguments[name] ?? throw new InvalidOperationException($"--{name} is missing");
}
