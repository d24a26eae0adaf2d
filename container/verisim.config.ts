/** The configuration that compose.yaml mounts: two models by vLLM, one key. */
export default {
  models: {
    generator: {
      name: 'openai:generator',
      baseUrl: process.env['GENERATOR_URL'] ?? 'http://generator:8000/v1',
      apiKeyEnv: null,
      concurrency: 32,
    },
    critic: {
      name: 'openai:critic',
      baseUrl: process.env['CRITIC_URL'] ?? 'http://critic:8000/v1',
      apiKeyEnv: null,
      concurrency: 32,
    },
  },
  generator: 'generator',
  critic: 'critic',
  serve: {
    host: '0.0.0.0',
    folder: '/var/lib/verisim/runs',
    keys: [{ name: 'default', sha256: process.env['VERISIM_KEY_SHA256'] ?? '' }],
  },
};
