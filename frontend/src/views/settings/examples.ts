/** Values worth offering for a setting that takes any text; `word` is their meaning below `settings.example`. */
export interface Example {
  value: string
  word: string
}

export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  CODEBUDDY_API_ENDPOINT: [
    { value: 'https://www.codebuddy.cn', word: 'china' },
    { value: 'https://copilot.tencent.com', word: 'china' },
    { value: 'https://www.codebuddy.ai', word: 'international' },
    { value: 'https://www.workbuddy.cn', word: 'china' },
    { value: 'https://www.workbuddy.ai', word: 'international' },
  ],
  CODEBUDDY_LOG_ROTATION: [
    { value: '10 MB', word: 'size' },
    { value: '00:00', word: 'midnight' },
    { value: 'sunday at 6 pm', word: 'sunday' },
    { value: '1 week', word: 'week' },
    { value: 'monthly', word: 'monthly' },
    { value: '', word: 'never' },
  ],
  CODEBUDDY_LOG_RETENTION: [
    { value: '7 days', word: 'sevenDays' },
    { value: '1 month', word: 'month' },
    { value: '10', word: 'tenFiles' },
    { value: '', word: 'all' },
  ],
  CODEBUDDY_LOG_COMPRESSION: [
    { value: 'zip', word: 'zip' },
    { value: 'gz', word: 'gz' },
    { value: 'bz2', word: 'smallest' },
    { value: '', word: 'unpacked' },
  ],
}
