using Conclude.Dashboard.Hosting;

namespace Conclude.Silo.Bootstrap;

internal static class BootstrapServices
{
    /// <summary>The first workspace is made, and told of, when the host starts.</summary>
    public static IServiceCollection AddBootstrap(this IServiceCollection services, IConfiguration configuration, DirectoryInfo data) => services
        .AddFirstWorkspace(configuration, data)
        .AddHostedService<Welcome>();

    /// <summary>For programs that make the first workspace themselves.</summary>
    public static IServiceCollection AddFirstWorkspace(this IServiceCollection services, IConfiguration configuration, DirectoryInfo data) => services
        .Configure<BootstrapOptions>(configuration.GetSection(BootstrapOptions.Section))
        .AddSingleton(new DataDirectoryPath(data.FullName))
        .AddSingleton<FirstWorkspace>()
        .AddSingleton<PublicAddress>()
        .AddSingleton<Greeting>();
}
