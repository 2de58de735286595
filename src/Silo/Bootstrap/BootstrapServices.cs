namespace Conclude.Silo.Bootstrap;

internal static class BootstrapServices
{
    public static IServiceCollection AddBootstrap(this IServiceCollection services, IConfiguration configuration, DirectoryInfo data) => services
        .Configure<BootstrapOptions>(configuration.GetSection(BootstrapOptions.Section))
        .AddSingleton(new DataDirectoryPath(data.FullName))
        .AddSingleton<FirstWorkspace>()
        .AddHostedService<Welcome>();
}
