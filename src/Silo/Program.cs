using Conclude.Api;
using Conclude.Dashboard;
using Conclude.Grains;
using Conclude.Silo;
using Conclude.Silo.Bootstrap;
using Conclude.Silo.Engines;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    // Settings and static files lie beside the program; the working directory is only where data/ goes.
    ContentRootPath = AppContext.BaseDirectory,
});
var data = DataDirectory.Prepare(builder.Configuration);

builder.Services.AddSingleton(TimeProvider.System);
builder.AddLedger(data);
builder.AddEngine(data);
builder.Services.AddConcludeGrains();
builder.Services.AddConcludeApi(builder.Configuration);
builder.Services.AddDashboard(data);
builder.Services.AddWidgetScript();
builder.Services.AddBootstrap(builder.Configuration, data);

var app = builder.Build();
app.UseConcludeApi();
app.MapConcludeApi();
app.MapDashboard();
return await Run.UntilStopped(app);
