using Conclude.Api;
using Conclude.Api.Operators;
using Conclude.Dashboard;
using Conclude.Grains;
using Conclude.Grains.Retention;
using Conclude.Silo;
using Conclude.Silo.Bootstrap;
using Conclude.Silo.Commands;
using Conclude.Silo.Commands.Adopt;
using Conclude.Silo.Commands.Seed;
using Conclude.Silo.CookieKeys;
using Conclude.Silo.Engines;
using Conclude.Silo.Shutdown;
using Conclude.Silo.Telemetry;

return args switch
{
    [VerifyCommand.Name, .. var options] => await VerifyCommand.Run(options),
    [AdoptCommand.Name, .. var options] => await AdoptCommand.Run(options),
    [SeedCommand.Name, .. var options] => await SeedCommand.Run(options),
    [WorkspaceCommand.Name, .. var options] => await WorkspaceCommand.Run(options),
    [ReadyCommand.Name, .. var options] => await ReadyCommand.Run(options),
    _ => await Run.UntilStopped(Compose),
};

WebApplication Compose()
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,
        // Settings and static files lie beside the program; the working directory is only where data/ goes.
        ContentRootPath = AppContext.BaseDirectory,
    });
    builder.Logging.LogStartFailuresOnce();
    var data = DataDirectory.Prepare(builder.Configuration);

    builder.AddShutdown();
    builder.AddTelemetry();
    builder.Services.AddSingleton(TimeProvider.System);
    builder.AddLedger(data, EngineComposition.IsOneProcess);
    builder.AddEngine(data);
    builder.Services.AddConcludeGrains();
    builder.Services.AddHostedService<RetentionService>();
    builder.Services.AddConcludeApi(builder.Configuration);
    builder.Services.AddDashboard();
    builder.AddCookieKeys(data);
    builder.Services.AddWidgetScript();
    builder.Services.AddBootstrap(builder.Configuration, data);

    var app = builder.Build();
    app.UseConcludeApi();
    app.MapConcludeApi();
    app.MapOperator(plan => Plans.FindOrNull(app.Configuration, plan));
    app.MapDashboard();
    app.MapDashboardExports();
    return app;
}
