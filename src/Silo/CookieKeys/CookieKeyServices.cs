using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Conclude.Silo.CookieKeys;

internal static class CookieKeyServices
{
    /// <summary>
    /// Keeps the keys of cookies and forms in the store: in PostgreSQL, where every silo finds them, or in the data directory beside the
    /// SQLite files.
    /// </summary>
    public static void AddCookieKeys(this WebApplicationBuilder builder, DirectoryInfo data)
    {
        if (Store.ConnectionString(builder.Configuration) is not { } database)
        {
            builder.Services.AddDataProtection().PersistKeysToFileSystem(data.CreateSubdirectory(KeyFiles.Folder));
            return;
        }

        builder.Services.AddSingleton(_ => new PostgresKeys(database));
        builder.Services.AddOptions<KeyManagementOptions>().Configure<PostgresKeys>(static (keys, store) => keys.XmlRepository = store);
        builder.Services.AddHostedService(services => new FirstKey(
            services.GetRequiredService<PostgresKeys>(), services.GetRequiredService<IKeyManager>(),
            new DirectoryInfo(Path.Combine(data.FullName, KeyFiles.Folder)), services.GetRequiredService<TimeProvider>()));
    }
}
