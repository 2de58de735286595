using System.Globalization;

namespace Conclude.Silo.Telemetry;

internal static class TelemetryServices
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Ratio = "Conclude:Telemetry:TraceRatio";

    /// <summary>Enough to see what is slow, too few to cost anything.</summary>
    private const double UsualRatio = 0.01;

    /// <summary>
    /// Sends metrics and traces out where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; without it nobody listens, and nothing is measured.
    /// </summary>
    /// <exception cref="InvalidSettingException">The ratio is no number from 0 to 1, or the endpoint no address.</exception>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var ratio = ReadRatio(builder.Configuration[Ratio]);
        if (builder.Configuration[Endpoint] is not { Length: > 0 } endpoint)
        {
            return;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out _))
        {
            throw new InvalidSettingException($"{Endpoint} must be an address such as http://localhost:4317.");
        }

        builder.Services.AddHostedService(services => new TelemetryExport(services.GetRequiredService<IConfiguration>(), ratio));
    }

    private static double ReadRatio(string? text) => text switch
    {
        null or "" => UsualRatio,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1 => ratio,
        _ => throw new InvalidSettingException(Ratio + " must be a number from 0 to 1."),
    };
}
