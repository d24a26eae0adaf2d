/** Themes for chart texts: a chart's words belong together, as they would in print. */
export interface Theme {
  readonly titles: readonly [string, ...string[]];
  readonly categories: readonly string[];
  readonly category: string;
  readonly series: readonly string[];
  readonly value: string;
  readonly x: string;
}

export const themes: readonly [Theme, ...Theme[]] = [
  {
    titles: ['Annual Sales by Region', 'Revenue in 2023', 'Regional Sales Overview'],
    categories: ['North', 'South', 'East', 'West', 'Central', 'Coast', 'Islands', 'Valley'],
    category: 'Region',
    series: ['Product A', 'Product B', 'Product C', 'Services', 'Licences'],
    value: 'Sales (million USD)',
    x: 'Quarter',
  },
  {
    titles: ['Model Accuracy Comparison', 'Benchmark Results', 'Accuracy on Test Set'],
    categories: ['ResNet', 'VGG', 'BERT', 'GPT-2', 'ViT', 'LSTM', 'CNN', 'MLP'],
    category: 'Model',
    series: ['Baseline', 'Ours', 'Ours (large)', 'Random', 'Oracle'],
    value: 'Accuracy (%)',
    x: 'Epoch',
  },
  {
    titles: ['Average Temperature', 'Weather Station Readings', 'Climate of Four Cities'],
    categories: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep'],
    category: 'Month',
    series: ['Berlin', 'Madrid', 'Oslo', 'Rome', 'Vienna'],
    value: 'Temperature (C)',
    x: 'Day',
  },
  {
    titles: ['Energy Production by Source', 'Power Mix', 'Electricity Output'],
    categories: ['Solar', 'Wind', 'Hydro', 'Nuclear', 'Coal', 'Gas', 'Biomass'],
    category: 'Source',
    series: ['2019', '2020', '2021', '2022'],
    value: 'Output (TWh)',
    x: 'Year of operation',
  },
  {
    titles: ['Student Scores', 'Exam Results by Subject', 'Class Performance'],
    categories: ['Math', 'Physics', 'Biology', 'History', 'Music', 'Art'],
    category: 'Subject',
    series: ['Class 1', 'Class 2', 'Class 3', 'Average'],
    value: 'Score',
    x: 'Week',
  },
  {
    titles: ['Website Traffic', 'Visits per Channel', 'User Growth'],
    categories: ['Search', 'Direct', 'Social', 'Email', 'Ads', 'Referral'],
    category: 'Channel',
    series: ['Mobile', 'Desktop', 'Tablet', 'Other'],
    value: 'Visits (thousands)',
    x: 'Week',
  },
];
